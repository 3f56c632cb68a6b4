# Numbers are drawn and called in turn, so that nobody is passed over.
.var ticket
.var turn
.var count
.again
mov $1, %ax
fetchadd %ax, ticket
.wait
mov turn, %cx       # is it my number?
test %cx, %ax
jne .wait
mov count, %ax
add $1, %ax
mov %ax, count
mov $1, %ax
fetchadd %ax, turn  # the next one, please
sub $1, %bx
test $0, %bx
jgt .again
halt
