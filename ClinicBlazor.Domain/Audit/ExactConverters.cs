using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// Reads an enum only in the one spelling that it is written in. Anything else comes back as a value that no member
/// has: a tampered column neither stops a query nor passes for what it was.
/// </summary>
internal sealed class ExactEnumConverter<T>() : ValueConverter<T, string>(value => value.ToString(), text => Parse(text))
    where T : struct, Enum
{
    private static T Parse(string text) =>
        Enum.TryParse<T>(text, out var value) && value.ToString() == text ? value : (T)Enum.ToObject(typeof(T), -1);
}

/// <summary>
/// Reads a GUID from SQLite's text only in the one spelling that it is written in. Other spellings would mean the same
/// GUID to a reader and not be found by a query; they come back as a GUID that is nobody's.
/// </summary>
internal sealed class ExactGuidConverter() : ValueConverter<Guid, string>(value => Text(value), text => Parse(text))
{
    private static string Text(Guid value) => value.ToString("D").ToUpperInvariant();

    private static Guid Parse(string text) => Guid.TryParseExact(text, "D", out var value) && Text(value) == text ? value : Guid.AllBitsSet;
}
