using System.Text.Json;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>
/// What is kept of a form that somebody is filling in. Mostly one text; two where one was typed without a connection while the
/// other was saved in another window, until their author says which of them goes on.
/// </summary>
/// <param name="Body">The text that stands.</param>
/// <param name="Unsent">What was typed without a connection and could not go over it; null for none.</param>
public sealed record DraftText(string Body, string? Unsent = null)
{
    // Stands before two texts. No body of a form begins with it, and one that did would be written as one of two.
    private const char Mark = '\u001E';

    /// <summary>One text alone.</summary>
    public static implicit operator DraftText(string body) => new(body);

    /// <summary>One text alone.</summary>
    public static DraftText FromString(string body) => new(body);

    /// <summary>Whether either text is longer than <paramref name="longest"/> characters.</summary>
    internal bool IsLongerThan(int longest) => Body.Length > longest || Unsent?.Length > longest;

    /// <summary>As its author finds it again.</summary>
    internal SavedDraft At(DateTimeOffset savedAt) => new(Body, savedAt, Unsent);

    /// <summary>Both as one value, which is sealed as a whole.</summary>
    internal string Pack() =>
        Unsent is null && !Body.StartsWith(Mark) ? Body : Mark + JsonSerializer.Serialize(new[] { Body, Unsent });

    /// <summary>Reads what <see cref="Pack"/> has written.</summary>
    internal static DraftText Unpack(string packed) =>
        packed.StartsWith(Mark) && JsonSerializer.Deserialize<string?[]>(packed.AsSpan(1)) is [{ } body, var unsent]
            ? new(body, unsent) : new(packed);
}
