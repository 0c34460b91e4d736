# Words and buttons that stand in many places; how old something is.
or = or
yes = yes
no = no
required = required
age-minutes = { $count } min
age-hours = { $count } h
age-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
button-cancel = Cancel
button-send = Send
button-back = Go back
button-yes = Yes
button-no = No
button-done = Continue
