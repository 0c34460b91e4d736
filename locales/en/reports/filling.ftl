# Filling a report: questions, review, drafts.
button-send-without = Send without this part
button-leave-empty = Leave empty
button-insist = Yes, { $value }
button-now = Now, { $clock }
button-other-post = Change post
button-all-posts = Fill all posts ({ $count })
button-go-on-from = Continue from { $clock }
button-anew = Begin anew
button-other-choice = Show other choices
ask-field = { $hint }
ask-again = { $label } was not understood. { $hint }
which-post = { $title }: for which post?
draft-dropped = The draft is gone. Nothing was sent.
draft-dropped-tap = Cancelled.
no-draft = There is no draft to drop.
report-incomplete = This report is not complete, so it was not sent. Open it again by /my, or report anew.
# Filling by buttons.
answer-now = Now: <b>{ $value }</b>
review-title = <b>{ $title }</b> · { $post }
review-correction = <b>Correct { $number }</b> · { $title } · { $post }
review-place = 📍 { $place } from the post
review-hint = Look it over, then tap Send.
review-hint-note = Type the account if you want, then tap Send.
draft-offer = { $title } of { $time } has not been sent. Go on with it?
draft-replaced = Continued below.
all-posts = all posts
all-reported = All your posts have reported for this window. See /my.
all-one-by-one = Disturbances are reported one by one, so that it is clear where. At which post is this?
draft-words = Message
draft-dropped-which =
    { $others ->
        [0] Draft dropped: { $title } of { $time }. Nothing was sent.
       *[other] Draft dropped: { $title } of { $time }. { $others } more drafts: /my
    }
which-post-code = { $title }: type the code of the post, such as <code>#012</code>.
