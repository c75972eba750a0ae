"""The support tab: private notes in four rooms, and questions for the doctor."""
