namespace ClinicBlazor.App.Composition.Commands;

/// <summary>A verb of the command line.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Arguments">Names of what follows it.</param>
/// <param name="Purpose">What it does, in one line.</param>
/// <param name="RunAsync">Runs it in the application, which is built but does not serve; answers with the exit code.</param>
/// <param name="OnDatabase">Whether the database is migrated and opened first, as for a start.</param>
/// <param name="Optional">Names of what may follow the arguments, or be left out.</param>
internal sealed record Command(
    string Name, string[] Arguments, string Purpose, Func<WebApplication, string[], CancellationToken, Task<int>> RunAsync,
        bool OnDatabase = true, params string[] Optional)
{
    /// <summary>How it is called.</summary>
    public string Syntax => string.Join(' ',
        [Name, .. Arguments.Select(argument => $"<{argument}>"), .. Optional.Select(argument => $"[{argument}]")]);

    /// <summary>True when this many arguments are right.</summary>
    public bool Takes(int count) => count >= Arguments.Length && count <= Arguments.Length + Optional.Length;
}
