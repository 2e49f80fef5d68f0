using System.Globalization;
using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>What a rule found: enough for an alert, and nothing more than an alert may hold.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Key">What repetition counts on.</param>
/// <param name="FirstAt">When it began.</param>
/// <param name="LastAt">When it last happened.</param>
/// <param name="Count">How often.</param>
internal sealed record AlertCause(AlertKind Kind, string Key, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Count)
{
    /// <summary>Who did it, or whose account was tried.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Which account it was done to.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Client address; empty for none.</summary>
    public string Address { get; init; } = "";

    /// <summary>What it was at first.</summary>
    public AuditAct? Act { get; init; }
}

/// <summary>What repetition of an alert counts on: an account, a client or a fixed word, never anything that was typed.</summary>
internal static class AlertKeys
{
    /// <summary>What is asked of the machine itself, and is one thing.</summary>
    public const string Clinic = "clinic";

    /// <summary>A trail that ends before a place that it had reached.</summary>
    public const string CutTrail = "cut";

    /// <summary>An account.</summary>
    public static string Of(Guid accountId) => $"{accountId:D}";

    /// <summary>A client: whoever has one address of a network of IPv6 has all of them.</summary>
    public static string OfClient(string address) =>
        IPAddress.TryParse(address, out var read) ? NetworkAddress.NetworkOf(read) : address;

    /// <summary>One day of an account.</summary>
    public static string Of(Guid accountId, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{accountId:D} {day:yyyy-MM-dd}");

    /// <summary>An act, whoever it is done by.</summary>
    public static string Of(AuditAct act) => $"{act}";

    /// <summary>An act of one account on another one.</summary>
    public static string Of(AuditAct act, Guid? subjectId, Guid? by) => $"{act} {subjectId:D} {by:D}";

    /// <summary>The address as an alert shows it; the program itself has none.</summary>
    public static string Shown(string address) => address == ClientInfo.Local.Address ? "" : address;
}
