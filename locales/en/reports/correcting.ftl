# Correcting a report.
# Corrections.
ask-reason = Why is this report corrected? Choose, or type the reason.
reason-typo = Typing mistake
reason-newer = There is new data
reason-place = Wrong post
reason-checked = Checked again
reason-edited = Message edited
correction-not-yours = That report is not yours, so you cannot correct it.
correction-overtaken = This report has been corrected meanwhile. Tap Correct once more to see what it says now.
correction-nothing = Nothing has changed; { $number } stays as it was.
correction-full = { $number } has changed { $most } times, so this change was not stored. Send it as a new report: { $command }
