package export_wit_world

import "wit_component/wit_world"

// Answer is what the host answers to the same question.
var Answer = wit_world.Ask
