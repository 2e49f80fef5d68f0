namespace ClinicBlazor.App.Web;

/// <summary>What the id in a page's address stands for.</summary>
public enum GuardedSubject
{
    /// <summary>A patient's chart, which is a page of the staff: patients have pages of their own.</summary>
    Patient,

    /// <summary>A medical record.</summary>
    Record,

    /// <summary>A visit, which is a page of the staff.</summary>
    Visit,
}

/// <summary>
/// Marks a page whose address carries an id. A request for an id that is missing or not this person's to know of is
/// answered with 404 before anything of the page is sent.
/// </summary>
/// <param name="subject">What the id stands for.</param>
/// <param name="parameter">Name of the route value.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GuardedPageAttribute(GuardedSubject subject, string parameter = "Id") : Attribute
{
    /// <summary>What the id stands for.</summary>
    public GuardedSubject Subject { get; } = subject;

    /// <summary>Name of the route value.</summary>
    public string Parameter { get; } = parameter;
}
