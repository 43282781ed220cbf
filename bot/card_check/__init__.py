"""What the QR code of a card's picture leads to: a page that says whether the picture still holds."""
