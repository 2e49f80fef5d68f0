using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Shared;

/// <summary>
/// Shows the calm message in the place of a page that failed. The circuit lives on: another page opens as ever, and
/// "Try again" makes this one anew.
/// </summary>
public sealed partial class FaultBoundary
{
    private string _reference = "";

    [Inject]
    private ILogger<FaultBoundary> Log { get; set; } = null!;

    // Another page was opened, or the same one again.
    /// <inheritdoc />
    protected override void OnParametersSet() => Recover();

    /// <inheritdoc />
    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = RandomNumberGenerator.GetHexString(16, lowercase: true);
        LogFault(Log, _reference, exception);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed ({Reference})")]
    private static partial void LogFault(ILogger log, string reference, Exception fault);
}
