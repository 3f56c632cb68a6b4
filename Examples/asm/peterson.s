# Two threads, bx=0/1, and a lock of reads and writes alone: I want, but you go first.
.var wants 2
.var turn
.var count
lea wants, %fx
mov %bx, %cx        # the other one: 1 - bx
neg %cx
add $1, %cx
mov $1, 0(%fx,%bx,4)
mov %cx, turn
.wait
mov 0(%fx,%cx,4), %ax
test $1, %ax
jne .in             # the other does not want
mov turn, %ax
test %cx, %ax
je .wait            # it wants, and goes first
.in
mov count, %ax
add $1, %ax
mov %ax, count
mov $0, 0(%fx,%bx,4)
halt
