using System.Globalization;

namespace ClinicBlazor.App.Shared.Unsent;

/// <summary>
/// Names the draft that a form is, and the version of it that the form goes on with: all that is needed to take over what was
/// typed into it when the circuit is gone. A form says it in <c>data-unsent</c>, as <see cref="Address"/>.
/// </summary>
/// <param name="Kind">Which form.</param>
/// <param name="PatientId">The patient; null for a form that is about nobody whom the clinic knows.</param>
/// <param name="RecordId">The record that the form stands in; null for a form that stands in none.</param>
/// <param name="Over">When the version was saved that the form goes on with; null for none.</param>
/// <param name="Line">The act that the text becomes, or the version of the record that it changes; null for neither.</param>
public sealed record UnsentDraft(string Kind, Guid? PatientId, Guid? RecordId, DateTimeOffset? Over, Guid? Line)
{
    /// <summary>Where all addresses of such forms begin.</summary>
    public const string Path = "/unsent";

    /// <summary>Where the form is posted to when there is no circuit left.</summary>
    public string Address =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}/{Kind}{Part(PatientId)}{Part(RecordId)}?over={Over?.UtcTicks}&line={Line}");

    /// <summary>The draft that a request names; null when it names none.</summary>
    public static UnsentDraft? Of(string kind, HttpRequest request)
    {
        DateTimeOffset? over = null;
        if (request.Query["over"].ToString() is { Length: > 0 } moment)
        {
            if (!long.TryParse(moment, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTime.MaxValue.Ticks)
            {
                return null;
            }

            over = new DateTimeOffset(ticks, TimeSpan.Zero);
        }

        return new UnsentDraft(kind, Read(request.RouteValues["patientId"]), Read(request.RouteValues["recordId"]), over,
            Read(request.Query["line"].ToString()));
    }

    private static string Part(Guid? id) => id is { } given ? $"/{given:D}" : "";

    private static Guid? Read(object? text) => Guid.TryParse(text as string, out var id) ? id : null;
}
