"""Name fonts that the library has, and that documents may carry.

Below `fonts`, house.yaml may name fonts for scripts that no bundled font has. Each is one static TrueType
file below briefs/fonts/, with its licence beside it: no variable font, no collection, no web font, and none
whose maker forbids (`fsType`) that documents carry it or a part of it. `family` says where it is used:
`serif` in running text, `sans` in labels, tables and figures, `display` in titles; a script that has only
one of them has it everywhere. `weight` is 400 for plain, 600 and 700 for bold text; without a bold file,
bold text looks plain.

    fonts:
      - {file: fonts/NotoSansHebrew-Regular.ttf, family: sans}
      - {file: fonts/NotoSansHebrew-Bold.ttf, family: sans, weight: 700}

Only characters that no bundled font draws are drawn with them, and only pages that have such characters
carry them. A second file for the same family, weight and slant is for one more script. A PDF does not hold
the files it was made with, for their licences may not let them be passed on: who opens one is told which.
"""
