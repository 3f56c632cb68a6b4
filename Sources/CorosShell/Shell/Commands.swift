/// The commands: one type each, in the folder of its group, named as it is typed.
package enum Commands {}
