using System.Text.Json;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ClinicBlazor.Tests.Protection;

[Trait("Requirement", "S1-02")]
public sealed class SealedTextTests
{
    private const string Dots = "•••";

    private readonly SealedText text = new TestKeys()
        .Protector.Seal("900-12-3401", FieldPlace.Of<Patient>(Guid.Empty, new(Guid.Empty), nameof(Patient.Ssn)));

    [Fact]
    public void ToString_AnyWay_IsDots()
    {
        Assert.Equal(Dots, text.ToString());
        Assert.Equal(Dots, $"{text}");
        Assert.Equal("SSN •••", string.Format("SSN {0}", text));
        Assert.Contains(Dots, new Holder(text).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Serialize_AsJson_IsDots()
    {
        Assert.Equal(Dots, JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text)));
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(new Holder(text)));
        Assert.Equal(Dots, json.RootElement.GetProperty(nameof(Holder.Ssn)).GetString());
    }

    [Fact]
    public void Deserialize_FromJson_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<SealedText>($"\"{Dots}\""));

    [Theory]
    [InlineData("Of {Ssn}")]
    [InlineData("Of {@Ssn}")]
    [InlineData("Of {$Ssn}")]
    [Trait("Requirement", "S1-03")]
    public void Log_AnyWay_TellsNothingOfTheEnvelope(string template)
    {
        var sink = new Lines();
        using (var log = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger())
        {
#pragma warning disable CA2254 // The template is what is tried here.
            log.Information(template, text);
            log.Information(template, new Holder(text));
#pragma warning restore CA2254
        }

        Assert.Equal(2, sink.Written.Count);
        Assert.All(sink.Written,
            line => Assert.DoesNotContain(Convert.ToHexString(text.Envelope[5..9]), line, StringComparison.OrdinalIgnoreCase));
        Assert.All(sink.Written, line => Assert.DoesNotContain($"{text.Envelope[5]}, {text.Envelope[6]}", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Equals_SameEnvelope_IsTheSame()
    {
        var again = new SealedText(text.ToArray());

        Assert.Equal(text, again);
        Assert.Equal(text.GetHashCode(), again.GetHashCode());
        Assert.NotEqual(text, new SealedText([.. text.ToArray(), 0]));
        Assert.NotEqual(text.GetHashCode(), new SealedText([.. text.ToArray(), 0]).GetHashCode());
        Assert.True(text.Equals((object)again));
        Assert.False(text.Equals((object?)null));
    }

    private sealed record Holder(SealedText Ssn);

    private sealed class Lines : ILogEventSink
    {
        public List<string> Written { get; } = [];

        public void Emit(LogEvent logEvent) => Written.Add(logEvent.RenderMessage());
    }
}
