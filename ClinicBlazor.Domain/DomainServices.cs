using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.DataProtection;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Visits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain;

/// <summary>The one registration of the domain: each concept adds itself, those below first.</summary>
public static class DomainServices
{
    /// <summary>
    /// Registers everything of the domain. The caller adds an <see cref="IAccountMailer"/> and runs
    /// <see cref="DatabaseStartup"/> before anything else is used.
    /// </summary>
    public static IServiceCollection AddClinicDomain(this IServiceCollection services, IConfiguration configuration) => services
        .AddKernel(configuration)
        .AddAccess(configuration)
        .AddProtection()
        .AddAudit()
        .AddData()
        .AddDataProtection()
        .AddAccounts()
        .AddPatients()
        .AddVisits()
        .AddRecords()
        .AddDocuments()
        .AddBilling()
        .AddSecurity()
        .AddDemo();
}
