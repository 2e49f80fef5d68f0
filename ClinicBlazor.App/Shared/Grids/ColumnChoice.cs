namespace ClinicBlazor.App.Shared.Grids;

/// <summary>A column of a grid that can be put away.</summary>
/// <param name="Key">What the address calls it.</param>
/// <param name="Title">What stands above it.</param>
public sealed record GridColumn(string Key, string Title);

/// <summary>Which columns of a grid are put away, as one word of the address: their keys with points between them.</summary>
public static class ColumnChoice
{
    private const char Separator = '.';

    /// <summary>Reads the address: what is no column is left out, and the order is that of the grid. Null when none is put away.</summary>
    public static string? Read(string? address, IEnumerable<string> keys)
    {
        var named = address?.Split(Separator) ?? [];
        return Write(keys.Where(named.Contains));
    }

    /// <summary>Whether a column is put away.</summary>
    public static bool Hides(string? choice, string key) => choice?.Split(Separator).Contains(key) == true;

    /// <summary>The choice with one column put away, or taken out again.</summary>
    public static string? Toggle(string? choice, string key, IEnumerable<string> keys) =>
        Write(keys.Where(other => Hides(choice, other) != (other == key)));

    private static string? Write(IEnumerable<string> keys) => string.Join(Separator, keys) is { Length: > 0 } text ? text : null;
}
