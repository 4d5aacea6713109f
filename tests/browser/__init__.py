"""What the tests of the HTML view share: a realistic graph from the gold files, and a browser with the cable pulled."""
