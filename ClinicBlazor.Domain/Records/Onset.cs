using System.Globalization;

namespace ClinicBlazor.Domain.Records;

/// <summary>Answers to "Since when?", as they are offered.</summary>
public enum OnsetChoice
{
    /// <summary>Today.</summary>
    Today,

    /// <summary>Since yesterday.</summary>
    Yesterday,

    /// <summary>Two to seven days.</summary>
    Days,

    /// <summary>One to four weeks.</summary>
    Weeks,

    /// <summary>Longer than a month.</summary>
    Longer,

    /// <summary>A day that the person names.</summary>
    KnownDay,
}

/// <summary>
/// Since when: a choice, a day, or words (a doctor's, and those of older records). It is kept as what was meant, so that
/// each reader sees it in their own language.
/// </summary>
public sealed record Onset
{
    // No text that somebody types can begin so: control characters are taken out of it.
    private const char Mark = '\u0001';

    private Onset()
    {
    }

    /// <summary>What was chosen; null for words.</summary>
    public OnsetChoice? Choice { get; private init; }

    /// <summary>The day, where it is known.</summary>
    public DateOnly? Day { get; private init; }

    /// <summary>The words, as they were written; null for a choice.</summary>
    public string? Words { get; private init; }

    /// <summary>One of the choices but <see cref="OnsetChoice.KnownDay"/>.</summary>
    public static Onset Of(OnsetChoice choice) => new() { Choice = choice };

    /// <summary>A day.</summary>
    public static Onset On(DateOnly day) => new() { Choice = OnsetChoice.KnownDay, Day = day };

    /// <summary>Words; null for blank ones.</summary>
    public static Onset? InWords(string? words) => string.IsNullOrWhiteSpace(words) ? null : new Onset { Words = words };

    /// <summary>Words.</summary>
    public static implicit operator Onset?(string? words) => InWords(words);

    /// <summary>Reads what was stored. A value that is not known here is shown as it stands.</summary>
    internal static Onset? Read(string? stored) =>
        stored is not [Mark, .. var value] ? InWords(stored)
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? On(day)
        : Enum.TryParse<OnsetChoice>(value, out var choice) && Enum.IsDefined(choice) ? Of(choice)
        : InWords(value);

    /// <summary>The form in which it is stored and signed.</summary>
    internal string Stored => Words ?? Mark + (Day is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : $"{Choice}");
}
