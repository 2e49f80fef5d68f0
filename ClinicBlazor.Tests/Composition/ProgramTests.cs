using System.Diagnostics;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Composition;

/// <summary>The program itself, as a process of its own: what it starts with, and what it refuses.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TestFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    [Trait("Requirement", "C-06")]
    public async Task Start_InDevelopmentOnAnEmptyFolder_ServesAWorkingClinic()
    {
        using var program = Start("Development", []);
        var address = await program.AddressAsync();
        using var client = new HttpClient { BaseAddress = address };

        var page = await client.GetStringAsync(new Uri("/", UriKind.Relative));
        var ready = await client.GetAsync(new Uri("/readyz", UriKind.Relative));

        Assert.Contains("Input.Password", page, StringComparison.Ordinal);
        Assert.True(ready.IsSuccessStatusCode);
        Assert.True(File.Exists(Path.Combine(data.Path, "clinic.db")));
    }

    [Fact]
    [Trait("Requirement", "C-06")]
    public async Task Start_ToldToEndWhileTheClinicStillStarts_EndsAsOneThatHadStarted()
    {
        using var program = Start("Development", []);
        await program.AddressAsync();

        using var told = Process.Start("kill", ["-TERM", $"{program.Process.Id}"]);
        var errors = await program.Process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(180));
        await program.Process.WaitForExitAsync();

        Assert.Equal(0, program.Process.ExitCode);
        Assert.Empty(errors);
    }

    [Fact]
    [Trait("Requirement", "C-06")]
    public async Task Totp_OfADemoAccount_IsTheCodeThatAnyAuthenticatorShows()
    {
        await StartedClinic.CopyAsync(data.Path);
        using var program = Start("Development", [], "totp", "dr.adams@clinic.example");
        var output = await program.Process.StandardOutput.ReadToEndAsync();
        await program.Process.WaitForExitAsync();

        Assert.Equal(0, program.Process.ExitCode);
        Assert.Matches("^[0-9]{6}$", output.Trim().Split('\n')[^1]);
    }

    [Fact]
    [Trait("Requirement", "S2-06")]
    public async Task Start_InProductionWithDemoAccounts_IsRefused()
    {
        await StartedClinic.CopyAsync(data.Path);
        var key = await File.ReadAllTextAsync(Path.Combine(data.Path, "keys", "master.key"));
        using var program = Start("Production", new() { ["Clinic__MasterKey"] = key });

        Assert.Contains("demo accounts", await program.RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Clinic:MasterKey")]
    [InlineData("c2hvcnQ=", "Clinic:MasterKey")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "Clinic:MasterKey")]
    [Trait("Requirement", "S2-06")]
    public async Task Start_InProductionWithAMissingShortOrPoorKey_IsRefusedByItsName(string? key, string setting)
    {
        using var program = Start("Production", new() { ["Clinic__MasterKey"] = key });

        Assert.Contains(setting, await program.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S2-06")]
    [Trait("Requirement", "S4-05")]
    public async Task Start_WithAnotherMasterKey_IsRefused()
    {
        await StartedClinic.CopyAsync(data.Path);
        using var program = Start("Production", new() { ["Clinic__MasterKey"] = MasterKey.Generate() });

        Assert.Contains("not the key", await program.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S2-06")]
    public async Task Start_OnPostgresWithoutAConnection_IsRefusedByItsName()
    {
        using var program = Start("Production", new() { ["Clinic__MasterKey"] = MasterKey.Generate(), ["Clinic__Database"] = "Postgres" });

        Assert.Contains("ConnectionStrings:Clinic", await program.RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Clinic__Proxy__Networks", "", "ASPNETCORE_URLS")]
    [InlineData("Clinic__Proxy__Networks", "10.0.0.0/33", "Clinic:Proxy:Networks")]
    [InlineData("Clinic__Proxy__Networks__0", "everybody", "Clinic:Proxy:Networks")]
    [InlineData("Clinic__Administration__Networks", "10.0.0.0/33", "Clinic:Administration:Networks")]
    [InlineData("Clinic__PublicUrl", "http://clinic.example.org", "Clinic:PublicUrl")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "ASPNETCORE_FORWARDEDHEADERS_ENABLED")]
    [Trait("Requirement", "S2-06")]
    [Trait("Requirement", "S3-01")]
    [Trait("Requirement", "S2-07")]
    public async Task Start_InProductionWithAnUnsafeOrWrongNetworkSetting_IsRefusedByItsName(string setting, string value, string named)
    {
        using var program = Start("Production", new() { ["Clinic__MasterKey"] = MasterKey.Generate(), [setting] = value });

        Assert.Contains(named, await program.RefusalAsync(), StringComparison.Ordinal);
    }

    private RunningProgram Start(string environment, Dictionary<string, string?> settings, params string[] arguments)
    {
        var start = ClinicProgram.Start(arguments);
        start.RedirectStandardError = true;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Clinic__DataDirectory"] = data.Path;
        start.Environment["Clinic__PublicUrl"] = "https://clinic.example.org";
        start.Environment["Clinic__Proxy__Networks"] = "127.0.0.1";
        start.Environment["AllowedHosts"] = "clinic.example.org;127.0.0.1";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(Process.Start(start)!);
    }

    private sealed class RunningProgram(Process process) : IDisposable
    {
        private const string Listening = "Now listening on: ";

        public Process Process { get; } = process;

        /// <summary>Where it serves, once it does.</summary>
        public async Task<Uri> AddressAsync()
        {
            while (await Process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
                {
                    return new Uri(line[(at + Listening.Length)..].Trim());
                }
            }

            throw new InvalidOperationException(await Process.StandardError.ReadToEndAsync());
        }

        /// <summary>What it says when it does not start.</summary>
        public async Task<string> RefusalAsync()
        {
            var error = Process.StandardError.ReadToEndAsync();
            await Process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(180));
            await Process.WaitForExitAsync();
            Assert.Equal(1, Process.ExitCode);
            var text = await error;
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            return text;
        }

        public void Dispose()
        {
            if (!Process.HasExited)
            {
                Process.Kill();
                Process.WaitForExit();
            }

            Process.Dispose();
        }
    }
}
