"""Stories that several scenes tell, each with a picture of its own."""
