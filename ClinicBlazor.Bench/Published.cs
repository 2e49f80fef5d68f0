using System.Diagnostics;

namespace ClinicBlazor.Bench;

/// <summary>A temporary folder that goes with the run.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinic-bench-");

    public string Folder(string name) => folder.CreateSubdirectory(name).FullName;

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>Applications as they are deployed: Release, published.</summary>
internal static class Published
{
    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ClinicBlazor.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run this from within a checkout.");
        }

        return folder.FullName;
    }

    /// <summary>Publishes the clinic as the README says and answers with its DLL.</summary>
    public static string PublishClinic(string root, string output) =>
        Publish(Path.Combine(root, "ClinicBlazor.App"), output, "ClinicBlazor.App", "-p:PublishProfile=Linux");

    /// <summary>Creates and publishes the SDK's Blazor Server template: the empty one, or the one with a counter.</summary>
    public static string PublishTemplate(string source, string output, bool counter = false)
    {
        Run(["new", "blazor", .. counter ? (string[])[] : ["--empty"], "--interactivity", "Server", "--all-interactive", "--no-https",
            "--no-restore", "-n", "Empty", "-o", source]);
        return Publish(Path.Combine(source, "Empty.csproj"), output, "Empty");
    }

    private static string Publish(string project, string output, string name, params string[] further)
    {
        Run(["publish", project, "-c", "Release", "-o", output, "--nologo", "-v", "q", .. further]);
        return Path.Combine(output, name + ".dll");
    }

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(output);
        }
    }
}
