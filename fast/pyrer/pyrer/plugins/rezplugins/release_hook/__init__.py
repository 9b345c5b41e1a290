"""Release hooks of pyrer; rez looks for this file."""
