package export_wattle_test_faults

import "wit_component/wattle_test_refusal"

// Trap always ends in a trap.
func Trap() {
	panic("as it was told")
}

// Divide panics, as Go does, when the divisor is zero.
func Divide(dividend int32, divisor int32) int32 {
	return dividend / divisor
}

// AskInVain asks what the host refuses.
func AskInVain() {
	wattle_test_refusal.Refuse()
}
