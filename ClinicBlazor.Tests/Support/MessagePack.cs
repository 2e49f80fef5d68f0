using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ClinicBlazor.Tests.Support;

/// <summary>As much of MessagePack as SignalR's messages to and from a circuit need.</summary>
internal static class MessagePack
{
    public static object EmptyMap { get; } = new();

    public static void Write(IBufferWriter<byte> to, object? value)
    {
        switch (value)
        {
            case null:
                to.Write<byte>([0xC0]);
                break;
            case bool truth:
                to.Write<byte>([truth ? (byte)0xC3 : (byte)0xC2]);
                break;
            case int or long:
                Number(to, 0xD3, BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(Convert.ToInt64(value, null))));
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                Number(to, 0xDB, BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness((uint)bytes.Length)));
                to.Write(bytes);
                break;
            case object?[] array:
                Number(to, 0xDD, BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness((uint)array.Length)));
                Array.ForEach(array, item => Write(to, item));
                break;
            default:
                to.Write<byte>([0x80]);
                break;
        }
    }

    /// <summary>A length as SignalR puts it in front: seven bits a byte, the least first.</summary>
    public static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. bytes];
    }

    /// <summary>The messages that one frame of the socket holds.</summary>
    public static List<object?[]> ReadMessages(ReadOnlyMemory<byte> frame)
    {
        var messages = new List<object?[]>();
        var reader = new Reader(frame.ToArray());
        while (!reader.IsAtEnd)
        {
            reader.SkipLength();
            if (reader.Read() is object?[] message)
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private static void Number(IBufferWriter<byte> to, byte kind, byte[] bigEndian)
    {
        to.Write<byte>([kind]);
        to.Write(bigEndian);
    }

    private sealed class Reader(byte[] bytes)
    {
        private int at;

        public bool IsAtEnd => at >= bytes.Length;

        public void SkipLength()
        {
            while ((bytes[at++] & 0x80) != 0)
            {
                // The last byte of a length has its first bit clear.
            }
        }

        public object? Read()
        {
            var kind = bytes[at++];
            return kind switch
            {
                <= 0x7F => (long)kind,
                <= 0x8F => Map(kind & 0x0F),
                <= 0x9F => List(kind & 0x0F),
                <= 0xBF => Text(kind & 0x1F),
                0xC0 => null,
                0xC2 => false,
                0xC3 => true,
                0xC4 => Binary(Unsigned(1)),
                0xC5 => Binary(Unsigned(2)),
                0xC6 => Binary(Unsigned(4)),
                0xCC or 0xD0 => (long)Unsigned(1),
                0xCD or 0xD1 => (long)Unsigned(2),
                0xCE or 0xD2 => (long)Unsigned(4),
                0xCF or 0xD3 => Long(),
                0xD9 => Text(Unsigned(1)),
                0xDA => Text(Unsigned(2)),
                0xDB => Text(Unsigned(4)),
                0xDC => List(Unsigned(2)),
                0xDD => List(Unsigned(4)),
                >= 0xE0 => (long)(sbyte)kind,
                _ => throw new NotSupportedException($"MessagePack {kind:X2}"),
            };
        }

        private int Unsigned(int size)
        {
            var value = 0;
            for (var i = 0; i < size; i++)
            {
                value = (value << 8) | bytes[at++];
            }

            return value;
        }

        private long Long()
        {
            at += 8;
            return BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at - 8));
        }

        private string Text(int length)
        {
            at += length;
            return Encoding.UTF8.GetString(bytes, at - length, length);
        }

        private byte[] Binary(int length)
        {
            at += length;
            return bytes[(at - length)..at];
        }

        private object?[] List(int length) => [.. Enumerable.Range(0, length).Select(_ => Read()).ToList()];

        private Dictionary<string, object?> Map(int count)
        {
            var map = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < count; i++)
            {
                map[$"{Read()}"] = Read();
            }

            return map;
        }
    }
}
