using System.Diagnostics;
using ClinicBlazor.App.Composition;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// The program that tests start as a process of its own: as it was published, compiled ahead of time, where
/// <c>CLINIC_PUBLISHED</c> names its folder, else as it was built beside the tests, which compiles itself anew at each start.
/// </summary>
internal static class ClinicProgram
{
    private static readonly string Program = Environment.GetEnvironmentVariable("CLINIC_PUBLISHED") is { Length: > 0 } folder
        ? Path.Combine(folder, Path.GetFileName(typeof(ClinicHost).Assembly.Location)) : typeof(ClinicHost).Assembly.Location;

    /// <summary>How it is started with arguments; what it says is read.</summary>
    public static ProcessStartInfo Start(params string[] arguments) => new("dotnet", [Program, .. arguments])
    {
        WorkingDirectory = Path.GetDirectoryName(Program)!,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    };
}
