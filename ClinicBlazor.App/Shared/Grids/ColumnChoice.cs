namespace ClinicBlazor.App.Shared.Grids;

/// <summary>A column of a grid that can be put away or drawn wider.</summary>
/// <param name="Key">What the address calls it.</param>
/// <param name="Title">What stands above it.</param>
/// <param name="Stays">True for one that cannot be put away.</param>
public sealed record GridColumn(string Key, string Title, bool Stays = false);

/// <summary>
/// How the columns of a grid are chosen, as one word of the address: the keys of those that are put away, and of those that are
/// wider with the number of steps behind a tilde, with points between them.
/// </summary>
public static class ColumnChoice
{
    private const char Separator = '.';
    private const char Wider = '~';
    private const int MostSteps = 9;

    /// <summary>Reads the address: what is no column is left out, and the order is that of the grid. Null when nothing is chosen.</summary>
    public static string? Read(string? address, IEnumerable<GridColumn> columns) =>
        Write(columns.Select(column => WordOf(address, column.Key)).Where(word => word is not null));

    /// <summary>Whether a column is put away.</summary>
    public static bool Hides(string? choice, string key) => WordOf(choice, key) == key;

    /// <summary>By how many steps a column is wider than what stands in it needs.</summary>
    public static int Steps(string? choice, string key) => WordOf(choice, key) is { } word && word != key ? word[^1] - '0' : 0;

    /// <summary>The style of a column's cells, which makes it as wide as was chosen; null for its own width.</summary>
    public static string? CellStyle(string? choice, string key) => Steps(choice, key) is > 0 and var steps ? $"--wider: {steps}" : null;

    /// <summary>The choice with one column put away, or taken out again.</summary>
    public static string? Toggle(string? choice, string key, IEnumerable<GridColumn> columns) =>
        With(choice, key, Hides(choice, key) ? null : key, columns);

    /// <summary>The choice with one column wider by some steps, or narrower, but no narrower than what stands in it.</summary>
    public static string? Widen(string? choice, string key, int by, IEnumerable<GridColumn> columns)
    {
        var steps = Math.Clamp(Steps(choice, key) + by, 0, MostSteps);
        return With(choice, key, steps == 0 ? null : $"{key}{Wider}{steps}", columns);
    }

    private static string? With(string? choice, string key, string? word, IEnumerable<GridColumn> columns) =>
        Write(columns.Select(column => column.Key == key ? word : WordOf(choice, column.Key)).Where(other => other is not null));

    private static string? WordOf(string? choice, string key) => Array.Find(choice?.Split(Separator) ?? [],
        word => word == key || (word.Length == key.Length + 2 && word.StartsWith(key + Wider, StringComparison.Ordinal)
            && word[^1] is >= '1' and <= '9'));

    private static string? Write(IEnumerable<string?> words) => string.Join(Separator, words) is { Length: > 0 } text ? text : null;
}
