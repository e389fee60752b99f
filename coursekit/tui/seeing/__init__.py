"""The pages of the statistics, drawn as rows and text."""
