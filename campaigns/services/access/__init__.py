"""What is known of those who act and look?"""
