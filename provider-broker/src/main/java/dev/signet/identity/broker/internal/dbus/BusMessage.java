// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.dbus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The wire format of D-Bus messages, as far as calls with texts and their answers need it. What else a body may hold
 * is skipped.
 *
 * @see <a href="https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol">The message protocol</a>
 */
final class BusMessage {
    static final int FIXED_HEADER = 16;
    static final int METHOD_RETURN = 2;
    static final int ERROR = 3;

    /** Far more than a broker sends, far less than D-Bus allows. */
    private static final int MAX_BYTES = 4 << 20;

    private static final int METHOD_CALL = 1;
    private static final int NO_REPLY_EXPECTED = 1;

    private static final int PATH = 1;
    private static final int INTERFACE = 2;
    private static final int MEMBER = 3;
    private static final int ERROR_NAME = 4;
    private static final int REPLY_SERIAL = 5;
    private static final int DESTINATION = 6;
    private static final int SIGNATURE = 8;

    private BusMessage() {}

    /** What came in; {@code replyTo} is 0 for a message that answers nothing. */
    record Incoming(int type, int replyTo, BusReply reply) {}

    /** A call as bytes. */
    static ByteBuffer call(BusCall call, int serial, boolean answered) {
        Writer body = new Writer();
        for (String argument : call.arguments()) {
            body.text(argument);
        }
        Writer fields = new Writer();
        fields.field(PATH, "o", call.path());
        fields.field(INTERFACE, "s", call.type());
        fields.field(MEMBER, "s", call.member());
        fields.field(DESTINATION, "s", call.destination());
        if (!call.arguments().isEmpty()) {
            fields.field(SIGNATURE, "g", "s".repeat(call.arguments().size()));
        }
        Writer message = new Writer();
        message.bytes('l', METHOD_CALL, answered ? 0 : NO_REPLY_EXPECTED, 1);
        message.number(body.size());
        message.number(serial);
        message.number(fields.size());
        message.append(fields);
        message.pad(8);
        message.append(body);
        return ByteBuffer.wrap(message.out.toByteArray());
    }

    /** How many bytes follow the first {@link #FIXED_HEADER} of a message. */
    static int remainder(ByteBuffer header) throws IOException {
        header.order(order(header));
        long fields = (Integer.toUnsignedLong(header.getInt(12)) + 7) / 8 * 8;
        long length = fields + Integer.toUnsignedLong(header.getInt(4));
        if (length > MAX_BYTES) {
            throw new IOException("a D-Bus message is too long");
        }
        return (int) length;
    }

    /** Reads a whole message. */
    static Incoming read(ByteBuffer message) throws IOException {
        message.order(order(message));
        try {
            return new Reader(message).incoming();
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new IOException("a D-Bus message is malformed");
        }
    }

    private static ByteOrder order(ByteBuffer message) throws IOException {
        return switch (message.get(0)) {
            case 'l' -> ByteOrder.LITTLE_ENDIAN;
            case 'B' -> ByteOrder.BIG_ENDIAN;
            default -> throw new IOException("what came is no D-Bus message");
        };
    }

    /** Writes values, each aligned as its type demands. */
    private static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        int size() {
            return out.size();
        }

        void bytes(int... values) {
            for (int value : values) {
                out.write(value);
            }
        }

        void pad(int boundary) {
            while (out.size() % boundary != 0) {
                out.write(0);
            }
        }

        void number(int value) {
            pad(4);
            bytes(value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF, value >> 24 & 0xFF);
        }

        void text(String value) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            out.writeBytes(utf8);
            out.write(0);
        }

        void field(int code, String signature, String value) {
            pad(8);
            bytes(code, 1, signature.charAt(0), 0);
            if (signature.equals("g")) {
                byte[] types = value.getBytes(StandardCharsets.US_ASCII);
                out.write(types.length);
                out.writeBytes(types);
                out.write(0);
            } else {
                text(value);
            }
        }

        void append(Writer other) {
            out.writeBytes(other.out.toByteArray());
        }
    }

    /** Reads values. Positions are counted from the start of the message, as alignment is. */
    private record Reader(ByteBuffer in) {
        Incoming incoming() {
            int type = in.get(1);
            int bodyLength = in.getInt(4);
            int end = FIXED_HEADER + in.getInt(12);
            int replyTo = 0;
            String error = "";
            String signature = "";
            in.position(FIXED_HEADER);
            while (in.position() < end) {
                align(8);
                int code = in.get();
                String kind = signature();
                Object value = kind.equals("u") ? (Object) number() : kind.equals("g") ? signature() : text(kind);
                switch (code) {
                    case REPLY_SERIAL -> replyTo = value instanceof Integer serial ? serial : 0;
                    case ERROR_NAME -> error = value.toString();
                    case SIGNATURE -> signature = value.toString();
                    default -> {}
                }
            }
            align(8);
            in.limit(in.position() + bodyLength);
            if (type == ERROR && error.isEmpty()) {
                error = "unnamed";
            }
            return new Incoming(type, replyTo, new BusReply(type == ERROR ? error : "", texts(signature)));
        }

        private List<String> texts(String signature) {
            return switch (signature) {
                case "s" -> List.of(text("s"));
                case "b" -> List.of(number() == 0 ? "false" : "true");
                case "as" -> array();
                default -> List.of();
            };
        }

        private List<String> array() {
            int length = number();
            int end = in.position() + length;
            List<String> texts = new ArrayList<>();
            while (in.position() < end) {
                texts.add(text("s"));
            }
            return texts;
        }

        private String text(String kind) {
            if (!kind.equals("s") && !kind.equals("o")) {
                throw new IllegalArgumentException("a header of another type");
            }
            return text(number());
        }

        private String signature() {
            return text(in.get() & 0xFF);
        }

        private String text(int length) {
            byte[] utf8 = new byte[checked(length)];
            in.get(utf8);
            in.get();
            return new String(utf8, StandardCharsets.UTF_8);
        }

        private int checked(int length) {
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("a length beyond the message");
            }
            return length;
        }

        private int number() {
            align(4);
            return in.getInt();
        }

        private void align(int boundary) {
            in.position((in.position() + boundary - 1) / boundary * boundary);
        }
    }
}
