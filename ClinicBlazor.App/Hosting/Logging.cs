using System.Globalization;
using Serilog;
using Serilog.Events;

namespace ClinicBlazor.App.Hosting;

/// <summary>Log files: one a day, kept for a month, ids only.</summary>
public static class Logging
{
    private const int DaysKept = 31;
    private const string Line = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffK} [{Level:u3}] {RequestId} {SourceContext} {Message:lj} {"
        + FaultShape.Property + ":l}{NewLine}";

    /// <summary>Logs to <c>logs/</c> in the data directory and, where wanted, to the console.</summary>
    public static void AddClinicLogging(this WebApplicationBuilder builder, bool toConsole)
    {
        var folder = Path.Combine(builder.Configuration["Clinic:DataDirectory"]!, "logs");
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()

            // Requests carry ids of patients in their addresses and EF Core's errors carry values: only what this
            // application writes itself is certain to be free of personal data.
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .Enrich.FromLogContext()
            .Enrich.With<FaultShape>()
            .WriteTo.Conditional(_ => toConsole, sink => sink.Console(formatProvider: CultureInfo.InvariantCulture, outputTemplate: Line))
            .WriteTo.File(
                Path.Combine(folder, "clinic-.log"), formatProvider: CultureInfo.InvariantCulture, outputTemplate: Line,
                rollingInterval: RollingInterval.Day, retainedFileCountLimit: null, retainedFileTimeLimit: TimeSpan.FromDays(DaysKept),
                    shared: false)
            .CreateLogger();

        // Beside the framework's own factory, which keeps one logger for each category. Serilog's would make new ones, with
        // their caches, for each circuit that opens.
        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
    }
}
