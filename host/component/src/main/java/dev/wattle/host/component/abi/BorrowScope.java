package dev.wattle.host.component.abi;

/// Who a borrow lasts for.
sealed interface BorrowScope permits Task, Subtask {}
