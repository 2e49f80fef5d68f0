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

    private string _failedAt = "";

    [Inject]
    private ILogger<FaultBoundary> Log { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (CurrentException is not null && Navigation.Uri != _failedAt)
        {
            Recover();
        }
    }

    /// <inheritdoc />
    protected override Task OnErrorAsync(Exception exception)
    {
        (_reference, _failedAt) = (RandomNumberGenerator.GetHexString(16, lowercase: true), Navigation.Uri);
        LogFault(Log, _reference, exception);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed ({Reference})")]
    private static partial void LogFault(ILogger log, string reference, Exception fault);
}
