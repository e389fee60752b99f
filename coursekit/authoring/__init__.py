"""What an author is helped with: one layout for topic files, skeletons, schemas for editors, a reference."""
