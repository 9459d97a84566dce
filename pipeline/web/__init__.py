"""Ask the web whether addresses work: the one part of the program that uses the network, and only for `links`.

`guard` says which machines may be asked, `request` asks once, `visit` follows where that leads and says what it
means, `turns` keeps hosts from being pressed, and `round` goes through many addresses at a time.
"""
