namespace ClinicBlazor.App.Web;

/// <summary>Policies that are no permission.</summary>
public static class ClinicPolicies
{
    /// <summary>Any session, also one that waits for its second factor or for enrolment.</summary>
    public const string AnySession = "AnySession";
}
