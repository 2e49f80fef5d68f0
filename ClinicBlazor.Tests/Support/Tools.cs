using System.Diagnostics;

namespace ClinicBlazor.Tests.Support;

/// <summary>Programs of the system that tests compare with. One that is missing is installed where that is possible.</summary>
internal static class Tools
{
    private static readonly Lock Installing = new();

    /// <summary>The path of a program; fails, and says what to install, when there is none.</summary>
    public static string Find(string program, string debianPackage)
    {
        lock (Installing)
        {
            return Search(program) ?? Install(program, debianPackage)
                ?? throw new InvalidOperationException($"These tests need {program}. Debian: apt-get install {debianPackage}.");
        }
    }

    private static string? Search(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string? Install(string program, string debianPackage)
    {
        if (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            using var process = Process.Start(
                new ProcessStartInfo("sh",
                ["-c", $"export DEBIAN_FRONTEND=noninteractive; apt-get update -qq >&2; apt-get install -y -qq --no-install-recommends {debianPackage} >&2"]))!;
            process.WaitForExit();
        }

        return Search(program);
    }
}
