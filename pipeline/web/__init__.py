"""Ask the web whether addresses work: the one part of the program that uses the network, and only for `links`.

`guard` says which machines may be asked, `request` asks once, `robots` reads what a host asks of programs, `visit`
follows where an address leads and says what that means, `turns` keeps hosts from being pressed, and `round` goes
through many addresses at a time.
"""
