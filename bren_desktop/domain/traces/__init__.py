"""What a camera writes beside the picture (place, time, device), and taking it out."""
