"""Reports that resemble each other in what their facts and their words share."""
