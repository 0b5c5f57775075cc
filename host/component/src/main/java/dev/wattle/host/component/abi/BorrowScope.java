package dev.wattle.host.component.abi;

/// Who a borrow lasts for.
public sealed interface BorrowScope permits Task, Subtask {}
