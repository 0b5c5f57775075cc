package guest;

import java.nio.charset.StandardCharsets;
import org.teavm.interop.Address;

/**
 * A type of WIT, which lifts and lowers: to Boolean, Long (integers, chars, enums, flags, bits of floating point), String,
 * Object[] (lists, records, tuples) and Case.
 */
abstract class Type {
    final int size;
    final int align;
    /** How many core values. */
    final int flat;

    Type(int size, int align, int flat) {
        this.size = size;
        this.align = align;
        this.flat = flat;
    }

    abstract Object load(Address from);

    abstract void store(Address to, Object value);

    abstract Object lift(Flat from);

    abstract void lower(Flat to, Object value);

    record Case(int number, Object payload) {}

    static final Type BOOL = new Number(1, false);
    static final Type U8 = new Number(1, false);
    static final Type S8 = new Number(1, true);
    static final Type U16 = new Number(2, false);
    static final Type S16 = new Number(2, true);
    static final Type U32 = new Number(4, false);
    static final Type S32 = new Number(4, true);
    static final Type U64 = new Number(8, false);
    static final Type S64 = new Number(8, true);
    static final Type F32 = new Number(4, false);
    static final Type F64 = new Number(8, false);
    static final Type CHAR = new Number(4, false);
    static final Type STRING = new Text();

    static Type list(Type element) {
        return new Row(element);
    }

    static Type record(Type... fields) {
        return new Fields(fields);
    }

    /** Null for a case without payload. */
    static Type variant(Type... cases) {
        return new Cases(cases);
    }

    static Type enumeration(int cases) {
        return new Number(1, false);
    }

    static Type flags(int labels) {
        return new Number(labels <= 8 ? 1 : labels <= 16 ? 2 : 4, false);
    }

    static int aligned(int offset, int align) {
        return (offset + align - 1) & -align;
    }

    private static final class Number extends Type {
        private final boolean signed;

        Number(int size, boolean signed) {
            super(size, size, 1);
            this.signed = signed;
        }

        @Override
        Object load(Address from) {
            long value;
            switch (size) {
                case 1: value = from.getByte(); break;
                case 2: value = from.getShort(); break;
                case 4: value = from.getInt(); break;
                default: return from.getLong();
            }
            return narrow(value);
        }

        private Long narrow(long value) {
            if (size == 8) {
                return value;
            }
            int unused = 64 - 8 * size;
            return signed ? value << unused >> unused : value << unused >>> unused;
        }

        @Override
        void store(Address to, Object value) {
            long number = (Long) value;
            switch (size) {
                case 1: to.putByte((byte) number); break;
                case 2: to.putShort((short) number); break;
                case 4: to.putInt((int) number); break;
                default: to.putLong(number);
            }
        }

        @Override
        Object lift(Flat from) {
            return narrow(from.next());
        }

        @Override
        void lower(Flat to, Object value) {
            long number = (Long) value;
            to.add(size == 8 ? number : number & 0xFFFF_FFFFL);
        }
    }

    private static final class Text extends Type {
        Text() {
            super(8, 4, 2);
        }

        private static Object read(int pointer, int length) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = Address.fromInt(pointer + i).getByte();
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        Object load(Address from) {
            return read(from.getInt(), from.add(4).getInt());
        }

        @Override
        Object lift(Flat from) {
            return read((int) from.next(), (int) from.next());
        }

        @Override
        void store(Address to, Object value) {
            byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
            Address copy = Host.allocate(bytes.length, 1);
            for (int i = 0; i < bytes.length; i++) {
                copy.add(i).putByte(bytes[i]);
            }
            to.putInt(copy.toInt());
            to.add(4).putInt(bytes.length);
        }

        @Override
        void lower(Flat to, Object value) {
            Address pair = Host.allocate(8, 4);
            store(pair, value);
            to.add(pair.getInt());
            to.add(pair.add(4).getInt());
        }
    }

    private static final class Row extends Type {
        private final Type element;

        Row(Type element) {
            super(8, 4, 2);
            this.element = element;
        }

        private Object read(int pointer, int length) {
            Object[] elements = new Object[length];
            for (int i = 0; i < length; i++) {
                elements[i] = element.load(Address.fromInt(pointer + i * element.size));
            }
            return elements;
        }

        @Override
        Object load(Address from) {
            return read(from.getInt(), from.add(4).getInt());
        }

        @Override
        Object lift(Flat from) {
            return read((int) from.next(), (int) from.next());
        }

        private Address copy(Object[] elements) {
            Address copy = Host.allocate(elements.length * element.size, element.align);
            for (int i = 0; i < elements.length; i++) {
                element.store(copy.add(i * element.size), elements[i]);
            }
            return copy;
        }

        @Override
        void store(Address to, Object value) {
            Object[] elements = (Object[]) value;
            to.putInt(copy(elements).toInt());
            to.add(4).putInt(elements.length);
        }

        @Override
        void lower(Flat to, Object value) {
            Object[] elements = (Object[]) value;
            to.add(copy(elements).toInt());
            to.add(elements.length);
        }
    }

    private static final class Fields extends Type {
        private final Type[] fields;

        Fields(Type... fields) {
            super(sizeOf(fields), alignOf(fields), flatOf(fields));
            this.fields = fields;
        }

        private static int alignOf(Type[] fields) {
            int align = 1;
            for (Type field : fields) {
                align = Math.max(align, field.align);
            }
            return align;
        }

        private static int sizeOf(Type[] fields) {
            int size = 0;
            for (Type field : fields) {
                size = aligned(size, field.align) + field.size;
            }
            return aligned(size, alignOf(fields));
        }

        private static int flatOf(Type[] fields) {
            int flat = 0;
            for (Type field : fields) {
                flat += field.flat;
            }
            return flat;
        }

        @Override
        Object load(Address from) {
            Object[] values = new Object[fields.length];
            int offset = 0;
            for (int i = 0; i < fields.length; i++) {
                offset = aligned(offset, fields[i].align);
                values[i] = fields[i].load(from.add(offset));
                offset += fields[i].size;
            }
            return values;
        }

        @Override
        void store(Address to, Object value) {
            int offset = 0;
            for (int i = 0; i < fields.length; i++) {
                offset = aligned(offset, fields[i].align);
                fields[i].store(to.add(offset), ((Object[]) value)[i]);
                offset += fields[i].size;
            }
        }

        @Override
        Object lift(Flat from) {
            Object[] values = new Object[fields.length];
            for (int i = 0; i < fields.length; i++) {
                values[i] = fields[i].lift(from);
            }
            return values;
        }

        @Override
        void lower(Flat to, Object value) {
            for (int i = 0; i < fields.length; i++) {
                fields[i].lower(to, ((Object[]) value)[i]);
            }
        }
    }

    private static final class Cases extends Type {
        private final Type[] cases;
        private final int offset;

        Cases(Type... cases) {
            super(sizeOf(cases), alignOf(cases), 1 + flatOf(cases));
            this.cases = cases;
            this.offset = alignOf(cases);
        }

        private static int alignOf(Type[] cases) {
            int align = 1;
            for (Type each : cases) {
                align = each == null ? align : Math.max(align, each.align);
            }
            return align;
        }

        private static int sizeOf(Type[] cases) {
            int size = 0;
            for (Type each : cases) {
                size = each == null ? size : Math.max(size, each.size);
            }
            return aligned(alignOf(cases) + size, alignOf(cases));
        }

        private static int flatOf(Type[] cases) {
            int flat = 0;
            for (Type each : cases) {
                flat = each == null ? flat : Math.max(flat, each.flat);
            }
            return flat;
        }

        @Override
        Object load(Address from) {
            int number = from.getByte();
            return new Case(number, cases[number] == null ? null : cases[number].load(from.add(offset)));
        }

        @Override
        void store(Address to, Object value) {
            Case chosen = (Case) value;
            to.putByte((byte) chosen.number());
            if (cases[chosen.number()] != null) {
                cases[chosen.number()].store(to.add(offset), chosen.payload());
            }
        }

        @Override
        Object lift(Flat from) {
            int end = from.at + flat;
            int number = (int) from.next();
            Case chosen = new Case(number, cases[number] == null ? null : cases[number].lift(from));
            from.at = end;
            return chosen;
        }

        @Override
        void lower(Flat to, Object value) {
            int end = to.at + flat;
            Case chosen = (Case) value;
            to.add(chosen.number());
            if (cases[chosen.number()] != null) {
                cases[chosen.number()].lower(to, chosen.payload());
            }
            while (to.at < end) {
                to.add(0);
            }
        }
    }
}
