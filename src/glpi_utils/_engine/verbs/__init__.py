"""What users call: one method for each thing that can be done."""
