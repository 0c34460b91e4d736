# Words and buttons that stand in many places; how old something is.
or = atau
yes = ya
no = tidak
required = wajib
age-minutes = { $count } menit
age-hours = { $count } jam
age-days = { $count } hari
button-cancel = Batal
button-send = Kirim
button-back = Kembali
button-yes = Ya
button-no = Tidak
button-done = Lanjutkan
