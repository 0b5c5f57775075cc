// The test world in C: passes every kind of value on to its host, and wraps the host's resource in one of its own.
//
// An exported function owns what its arguments point to, and frees it; an imported one borrows it. What a result points
// to is freed by the bindings, once the host has read it.

#include "everything.h"

#include <stdlib.h>

// Types of the same shape have one name as imported and another as exported.
#define PASS_VALUE(function, type) \
    type exports_wattle_test_values_##function(type value) { return wattle_test_values_##function(value); }

#define PASS_PLAIN(function, type) \
    void exports_wattle_test_values_##function(exports_wattle_test_values_##type##_t *value, \
                                               exports_wattle_test_values_##type##_t *result) { \
        wattle_test_values_##function(value, result); \
    }

// A type of which imports and exports share the name.
#define PASS_SHARED(function, type) \
    void exports_wattle_test_values_##function(everything_##type##_t *value, everything_##type##_t *result) { \
        wattle_test_values_##function(value, result); \
        everything_##type##_free(value); \
    }

#define PASS(function, type) \
    void exports_wattle_test_values_##function(exports_wattle_test_values_##type##_t *value, \
                                               exports_wattle_test_values_##type##_t *result) { \
        wattle_test_values_##function((wattle_test_values_##type##_t *) value, \
                                      (wattle_test_values_##type##_t *) result); \
        exports_wattle_test_values_##type##_free(value); \
    }

PASS_VALUE(pass_bool, bool)
PASS_VALUE(pass_u8, uint8_t)
PASS_VALUE(pass_s8, int8_t)
PASS_VALUE(pass_u16, uint16_t)
PASS_VALUE(pass_s16, int16_t)
PASS_VALUE(pass_u32, uint32_t)
PASS_VALUE(pass_s32, int32_t)
PASS_VALUE(pass_u64, uint64_t)
PASS_VALUE(pass_s64, int64_t)
PASS_VALUE(pass_f32, float)
PASS_VALUE(pass_f64, double)
PASS_VALUE(pass_char, uint32_t)
PASS_SHARED(pass_string, string)

PASS_SHARED(pass_list_bool, list_bool)
PASS_SHARED(pass_list_u8, list_u8)
PASS_SHARED(pass_list_s8, list_s8)
PASS_SHARED(pass_list_u16, list_u16)
PASS_SHARED(pass_list_s16, list_s16)
PASS_SHARED(pass_list_u32, list_u32)
PASS_SHARED(pass_list_s32, list_s32)
PASS_SHARED(pass_list_u64, list_u64)
PASS_SHARED(pass_list_s64, list_s64)
PASS_SHARED(pass_list_f32, list_f32)
PASS_SHARED(pass_list_f64, list_f64)
PASS_SHARED(pass_list_char, list_char32)
PASS_SHARED(pass_list_string, list_string)
PASS_SHARED(pass_list_list, list_list_string)
PASS(pass_list_record, list_padded)
PASS(pass_list_variant, list_shape)
PASS(pass_list_flags, list_months)
PASS_SHARED(pass_list_option, list_option_u16)
PASS(pass_list_person, list_person)

PASS_PLAIN(pass_point, point)
PASS_PLAIN(pass_padded, padded)
PASS(pass_person, person)
PASS(pass_widest, widest)
PASS_SHARED(pass_tuple, tuple3_u8_tuple2_string_s64_tuple1_f32)
PASS(pass_shape, shape)
PASS_VALUE(pass_colour, exports_wattle_test_values_colour_t)
PASS_VALUE(pass_rights, exports_wattle_test_values_rights_t)
PASS_VALUE(pass_months, exports_wattle_test_values_months_t)
PASS_VALUE(pass_bits, exports_wattle_test_values_bits_t)

PASS_SHARED(pass_option, option_u32)
PASS_SHARED(pass_option_string, option_string)
PASS_SHARED(pass_option_option, option_option_u32)
PASS(pass_option_record, option_person)

PASS(pass_result, result_string_u32)
PASS(pass_result_ok, result_u64_void)
PASS(pass_result_error, result_void_string)
PASS(pass_result_empty, result_void_void)
PASS(pass_result_record, result_padded_shape)
PASS(pass_result_nested, result_option_list_string_tuple2_u8_colour)

void exports_wattle_test_values_pass_sixteen(
    uint8_t a, int8_t b, uint16_t c, int16_t d, uint32_t e, int32_t f, uint64_t g, int64_t h, float i, double j,
    uint32_t k, bool l, everything_string_t *m, exports_wattle_test_values_rights_t n,
    exports_wattle_test_values_colour_t o, everything_tuple2_u32_string_t *result) {
    wattle_test_values_pass_sixteen(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, result);
    everything_string_free(m);
}

void exports_wattle_test_values_pass_many(
    uint8_t a, int8_t b, uint16_t c, int16_t d, uint32_t e, int32_t f, uint64_t g, int64_t h, float i, double j,
    uint32_t k, bool l, everything_string_t *m, everything_option_u64_t *n, exports_wattle_test_values_shape_t *o,
    exports_wattle_test_values_list_person_t *p, exports_wattle_test_values_bits_t q,
    exports_wattle_test_values_widest_t *result) {
    wattle_test_values_pass_many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o,
                                 (wattle_test_values_list_person_t *) p, q, result);
    everything_string_free(m);
    exports_wattle_test_values_shape_free(o);
    exports_wattle_test_values_list_person_free(p);
}

void exports_wattle_test_values_pass_nothing(void) { wattle_test_values_pass_nothing(); }

void exports_wattle_test_values_take(everything_string_t *value) {
    wattle_test_values_take(value);
    everything_string_free(value);
}

void exports_wattle_test_values_give(exports_wattle_test_values_person_t *result) { wattle_test_values_give(result); }

// Counters. The names of the bindings are long.
typedef wattle_test_counters_own_counter_t inner_t;
typedef wattle_test_counters_borrow_counter_t inner_borrow_t;
typedef exports_wattle_test_counters_own_counter_t outer_t;
typedef exports_wattle_test_counters_borrow_counter_t outer_borrow_t;

// A counter of the guest: one of the host.
struct exports_wattle_test_counters_counter_t {
    // Zero once it was given away.
    inner_t inner;
};

static void *allocate(size_t bytes) {
    void *memory = malloc(bytes);
    if (memory == NULL) {
        abort();
    }
    return memory;
}

static outer_t wrap(inner_t inner) {
    exports_wattle_test_counters_counter_t *counter = allocate(sizeof *counter);
    counter->inner = inner;
    return exports_wattle_test_counters_counter_new(counter);
}

static inner_t unwrap(outer_t outer) {
    exports_wattle_test_counters_counter_t *counter = exports_wattle_test_counters_counter_rep(outer);
    inner_t inner = counter->inner;
    counter->inner.__handle = 0;
    exports_wattle_test_counters_counter_drop_own(outer);
    return inner;
}

static inner_borrow_t lend(outer_borrow_t outer) { return wattle_test_counters_borrow_counter(outer->inner); }

void exports_wattle_test_counters_counter_destructor(exports_wattle_test_counters_counter_t *counter) {
    if (counter->inner.__handle != 0) {
        wattle_test_counters_counter_drop_own(counter->inner);
    }
    free(counter);
}

outer_t exports_wattle_test_counters_constructor_counter(uint32_t start) {
    return wrap(wattle_test_counters_constructor_counter(start));
}

uint32_t exports_wattle_test_counters_method_counter_increment(outer_borrow_t self, uint32_t by) {
    return wattle_test_counters_method_counter_increment(lend(self), by);
}

uint32_t exports_wattle_test_counters_method_counter_value(outer_borrow_t self) {
    return wattle_test_counters_method_counter_value(lend(self));
}

outer_t exports_wattle_test_counters_static_counter_merge(outer_borrow_t a, outer_t b) {
    return wrap(wattle_test_counters_static_counter_merge(lend(a), unwrap(b)));
}

uint32_t exports_wattle_test_counters_static_counter_live(void) { return wattle_test_counters_static_counter_live(); }

uint32_t exports_wattle_test_counters_consume(outer_t counter) { return wattle_test_counters_consume(unwrap(counter)); }

uint32_t exports_wattle_test_counters_peek(outer_borrow_t counter) {
    return wattle_test_counters_peek(lend(counter));
}

outer_t exports_wattle_test_counters_pass(outer_t counter) {
    return wrap(wattle_test_counters_pass(unwrap(counter)));
}

// Handles are as large inside as outside: the list that comes is the one that is passed on.
void exports_wattle_test_counters_pass_all(exports_wattle_test_counters_list_own_counter_t *counters,
                                           exports_wattle_test_counters_list_own_counter_t *result) {
    wattle_test_counters_list_own_counter_t given = {(inner_t *) counters->ptr, counters->len};
    wattle_test_counters_list_own_counter_t got;
    for (size_t i = 0; i < given.len; i++) {
        given.ptr[i] = unwrap(counters->ptr[i]);
    }
    wattle_test_counters_pass_all(&given, &got);
    if (given.len > 0) {
        free(given.ptr);
    }
    result->ptr = (outer_t *) got.ptr;
    result->len = got.len;
    for (size_t i = 0; i < got.len; i++) {
        result->ptr[i] = wrap(got.ptr[i]);
    }
}

void exports_wattle_test_counters_pass_some(exports_wattle_test_counters_option_own_counter_t *counter,
                                            exports_wattle_test_counters_option_own_counter_t *result) {
    wattle_test_counters_option_own_counter_t given = {counter->is_some, {0}};
    wattle_test_counters_option_own_counter_t got;
    if (counter->is_some) {
        given.val = unwrap(counter->val);
    }
    wattle_test_counters_pass_some(&given, &got);
    result->is_some = got.is_some;
    if (got.is_some) {
        result->val = wrap(got.val);
    }
}

uint64_t exports_wattle_test_counters_total(exports_wattle_test_counters_list_borrow_counter_t *counters) {
    wattle_test_counters_list_borrow_counter_t lent = {allocate((counters->len + 1) * sizeof(inner_borrow_t)),
                                                       counters->len};
    for (size_t i = 0; i < lent.len; i++) {
        lent.ptr[i] = lend(counters->ptr[i]);
    }
    uint64_t total = wattle_test_counters_total(&lent);
    free(lent.ptr);
    if (counters->len > 0) {
        free(counters->ptr);
    }
    return total;
}

void exports_wattle_test_counters_make(uint32_t start, exports_wattle_test_counters_result_own_counter_string_t *result) {
    wattle_test_counters_result_own_counter_string_t got;
    wattle_test_counters_make(start, &got);
    result->is_err = got.is_err;
    if (got.is_err) {
        result->val.err = got.val.err;
    } else {
        result->val.ok = wrap(got.val.ok);
    }
}

void exports_wattle_test_faults_trap(void) { __builtin_trap(); }

int32_t exports_wattle_test_faults_divide(int32_t dividend, int32_t divisor) { return dividend / divisor; }

void exports_wattle_test_faults_ask_in_vain(void) { wattle_test_refusal_refuse(); }

void exports_everything_answer(everything_string_t *question, everything_string_t *result) {
    everything_ask(question, result);
    everything_string_free(question);
}
