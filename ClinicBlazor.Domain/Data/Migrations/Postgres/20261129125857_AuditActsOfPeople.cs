using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <summary>The audit is read by person and act at once.</summary>
    public partial class AuditActsOfPeople : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_AccountId_Act_Id",
                table: "AuditEntries",
                columns: new[] { "AccountId", "Act", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_AccountId_Act_Id",
                table: "AuditEntries");
        }
    }
}
