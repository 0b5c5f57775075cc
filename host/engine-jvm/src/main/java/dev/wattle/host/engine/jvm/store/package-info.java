/// Generated classes on disk, between runs: [dev.wattle.host.engine.jvm.store.ClassStore] is a folder of packs, one for
/// each module, engine, JDK and kind of code. Whatever is wrong with a pack, it is as if it were not there.
///
/// It knows class files and their names only, and depends on `code` for the seam where they are asked for.
@NullMarked
package dev.wattle.host.engine.jvm.store;

import org.jspecify.annotations.NullMarked;
