"""Mock exams: blueprints, what is drawn from them, sittings, and what these came to. No screen, no printing."""
