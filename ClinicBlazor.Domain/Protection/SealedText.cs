using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClinicBlazor.Domain.Protection;

/// <summary>
/// Text that only <see cref="FieldProtector"/> can open. It travels through entities and projections like any other
/// column; printing, logging or serialising it shows dots.
/// </summary>
[JsonConverter(typeof(AsDots))]
public sealed class SealedText : IEquatable<SealedText>
{
    private const string Dots = "•••";

    private readonly byte[] envelope;

    internal SealedText(byte[] envelope) => this.envelope = envelope;

    internal ReadOnlySpan<byte> Envelope => envelope;

    internal byte[] ToArray() => envelope;

    /// <summary>Same bytes; two seals of the same text differ.</summary>
    public bool Equals(SealedText? other) => other is not null && envelope.AsSpan().SequenceEqual(other.envelope);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SealedText);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(envelope);
        return hash.ToHashCode();
    }

    /// <summary>Dots, whatever is inside.</summary>
    public override string ToString() => Dots;

    private sealed class AsDots : JsonConverter<SealedText>
    {
        public override SealedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A sealed text is never read from JSON.");

        public override void Write(Utf8JsonWriter writer, SealedText value, JsonSerializerOptions options) => writer.WriteStringValue(Dots);
    }
}
