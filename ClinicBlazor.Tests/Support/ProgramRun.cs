using System.Diagnostics;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Tests.Support;

/// <summary>How the program ended.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">What it said.</param>
/// <param name="Errors">What it complained of.</param>
public sealed record ProgramEnding(int Code, string Output, string Errors);

/// <summary>
/// The program as a process of its own, in Production with settings that it starts with; for tests that change one of
/// them.
/// </summary>
public sealed class ProgramRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly TestFolder folder = new();

    public ProgramRun()
    {
        Settings = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ASPNETCORE_CONTENTROOT"] = Directory.CreateDirectory(Path.Combine(folder.Path, "site")).FullName,
            ["DOTNET_EnableDiagnostics"] = "0",
            ["AllowedHosts"] = "clinic.example.org",
            ["Clinic__DataDirectory"] = Path.Combine(folder.Path, "data"),
            ["Clinic__MasterKeyFile"] = WriteKey(MasterKey.Generate()),
            ["Clinic__PublicUrl"] = "https://clinic.example.org",
            ["Clinic__MailFrom"] = "clinic@clinic.example.org",
            ["Clinic__Anchors__MailTo"] = "keeper@elsewhere.example.org",
            ["Clinic__Proxy__Networks"] = "127.0.0.1",
        };
    }

    /// <summary>The environment of the process.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>Where the settings files lie.</summary>
    public string Site => Settings["ASPNETCORE_CONTENTROOT"]!;

    /// <summary>Writes a master key into a file that only its owner reads; answers with its name.</summary>
    public string WriteKey(string key)
    {
        var file = Path.Combine(folder.Path, "master.key");
        File.WriteAllText(file, key);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }

    /// <summary>Gives it a database that is migrated and empty.</summary>
    public Task MigrateAsync()
    {
        var settings = new ClinicSettings { DataDirectory = Directory.CreateDirectory(Settings["Clinic__DataDirectory"]!).FullName };
        return MigratedTemplate.CopyAsync(DatabaseKind.Sqlite, settings.SqliteFile);
    }

    /// <summary>Runs the program to its end, which must come; a line on its input where one is given.</summary>
    public async Task<ProgramEnding> EndAsync(string[] arguments, string input = "")
    {
        var start = ClinicProgram.Start(arguments);
        (start.RedirectStandardInput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        await using var stop = patience.Token.Register(process.Kill);
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return new ProgramEnding(process.ExitCode, output, await errors);
    }

    public void Dispose() => folder.Dispose();
}
