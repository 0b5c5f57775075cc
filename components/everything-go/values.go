// The test world in Go: passes every kind of value on to its host.
package export_wattle_test_values

import host "wit_component/wattle_test_values"

// Exports and imports have the same types.
var (
	PassBool         = host.PassBool
	PassU8           = host.PassU8
	PassS8           = host.PassS8
	PassU16          = host.PassU16
	PassS16          = host.PassS16
	PassU32          = host.PassU32
	PassS32          = host.PassS32
	PassU64          = host.PassU64
	PassS64          = host.PassS64
	PassF32          = host.PassF32
	PassF64          = host.PassF64
	PassChar         = host.PassChar
	PassString       = host.PassString
	PassListBool     = host.PassListBool
	PassListU8       = host.PassListU8
	PassListS8       = host.PassListS8
	PassListU16      = host.PassListU16
	PassListS16      = host.PassListS16
	PassListU32      = host.PassListU32
	PassListS32      = host.PassListS32
	PassListU64      = host.PassListU64
	PassListS64      = host.PassListS64
	PassListF32      = host.PassListF32
	PassListF64      = host.PassListF64
	PassListChar     = host.PassListChar
	PassListString   = host.PassListString
	PassListList     = host.PassListList
	PassListRecord   = host.PassListRecord
	PassListVariant  = host.PassListVariant
	PassListFlags    = host.PassListFlags
	PassListOption   = host.PassListOption
	PassListPerson   = host.PassListPerson
	PassPoint        = host.PassPoint
	PassPadded       = host.PassPadded
	PassPerson       = host.PassPerson
	PassWidest       = host.PassWidest
	PassTuple        = host.PassTuple
	PassShape        = host.PassShape
	PassColour       = host.PassColour
	PassRights       = host.PassRights
	PassMonths       = host.PassMonths
	PassBits         = host.PassBits
	PassOption       = host.PassOption
	PassOptionString = host.PassOptionString
	PassOptionOption = host.PassOptionOption
	PassOptionRecord = host.PassOptionRecord
	PassResult       = host.PassResult
	PassResultOk     = host.PassResultOk
	PassResultError  = host.PassResultError
	PassResultEmpty  = host.PassResultEmpty
	PassResultRecord = host.PassResultRecord
	PassResultNested = host.PassResultNested
	PassSixteen      = host.PassSixteen
	PassMany         = host.PassMany
	PassNothing      = host.PassNothing
	Take             = host.Take
	Give             = host.Give
)
