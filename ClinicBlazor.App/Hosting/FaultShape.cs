using System.Diagnostics;
using Serilog.Core;
using Serilog.Events;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// Puts an exception into the log as its types and the places in this application's code that it came through, on one
/// line. Its message stays out: it may quote what somebody typed.
/// </summary>
internal sealed class FaultShape : ILogEventEnricher
{
    /// <summary>Name of the property for the output template.</summary>
    public const string Property = "FaultShape";

    private const string OwnCode = "ClinicBlazor.";
    private const int MostPlaces = 8;

    /// <inheritdoc />
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (logEvent.Exception is { } fault)
        {
            var shape = $"{string.Join(" < ", Causes(fault).Select(cause => cause.GetType().Name))} at {string.Join(" < ", Places(fault))}";
            logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty(Property, shape));
        }
    }

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static IEnumerable<string> Places(Exception fault) =>
        new StackTrace(fault, fNeedFileInfo: true).GetFrames()
            .Select(frame => (Type: frame.GetMethod()?.DeclaringType?.FullName, Line: frame.GetFileLineNumber()))
            .Where(place => place.Type?.StartsWith(OwnCode, StringComparison.Ordinal) == true)
            .Select(place => $"{place.Type}:{place.Line}")
            .Take(MostPlaces);
}
