using System.Globalization;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>Log files go by their age, however many there are.</summary>
[Trait("Requirement", "S1-03")]
public sealed class LogRetentionTests
{
    [Fact]
    public async Task LogFiles_OlderThanAMonth_AreTakenAwayAndNoOthers()
    {
        using var folder = new TestFolder();
        var logs = Directory.CreateDirectory(Path.Combine(folder.Path, "logs")).FullName;
        string[] old = [Name(33), Name(60), Name(400)];
        string[] young = [.. Enumerable.Range(1, 40).Select(part => $"clinic-{Day(part % 28 + 1)}_{part:D3}.log")];
        foreach (var file in old.Concat(young))
        {
            await File.WriteAllTextAsync(Path.Combine(logs, file), "a line");
        }

        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Clinic:DataDirectory"] = folder.Path;
        builder.AddClinicLogging(toConsole: false);
        await using (var app = builder.Build())
        {
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test").LogWarning("A line of today");
        }

        var kept = Directory.EnumerateFiles(logs).Select(file => Path.GetFileName(file)!).ToList();
        Assert.Empty(old.Intersect(kept));
        Assert.Empty(young.Except(kept));
    }

    private static string Name(int daysAgo) => $"clinic-{Day(daysAgo)}.log";

    private static string Day(int daysAgo) => DateTime.Now.AddDays(-daysAgo).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
