//! Set-up, and which mode the program is in.

use std::sync::Arc;

use cloudecr::{SystemClock, TimeLimits};
use secrecy::SecretString;
use tauri::State;
use till::{
    CheckForm, ConnectionSettings, Pin, Provision, Role, StaffEntry, StoreSettings, SystemEntropy, TillError,
};

use crate::app::App;
use crate::error::{CommandError, ErrorCode};
use crate::present;
use crate::view::{AppView, CheckReport, LiveForm, SetupForm};

/// Minutes until a new till locks itself.
const LOCK_AFTER_MINUTES: u32 = 10;

/// How the program stands.
#[tauri::command]
pub(crate) async fn app_state(app: State<'_, App>) -> Result<AppView, CommandError> {
    present::app(&app).await
}

/// From Set-up into training.
#[tauri::command]
pub(crate) async fn choose_training(app: State<'_, App>) -> Result<AppView, CommandError> {
    app.choose_training().await?;
    present::app(&app).await
}

/// From training to Set-up; a manager's decision.
#[tauri::command]
pub(crate) async fn leave_training(app: State<'_, App>) -> Result<AppView, CommandError> {
    app.session().await?.till.require_manager()?;
    app.leave_training().await?;
    present::app(&app).await
}

/// Checks an account, step by step; nothing is saved.
#[tauri::command]
pub(crate) async fn check_live(form: LiveForm) -> Result<CheckReport, CommandError> {
    Ok(check(&form).await?.into())
}

/// Checks the account once more, saves everything and opens the till.
#[tauri::command]
pub(crate) async fn go_live(app: State<'_, App>, form: SetupForm) -> Result<AppView, CommandError> {
    let manager_pin = Pin::new(form.manager_pin).map_err(TillError::from)?;
    let report = check(&form.live).await?;
    if let Some(problem) = report.first_problem() {
        return Err(problem.clone().into());
    }
    app.go_live(Provision {
        connection: ConnectionSettings {
            gateway: form.live.gateway(),
            pos_id: form.live.pos_id.trim().to_owned(),
            merchant_id: form.live.merchant_id.trim().to_owned(),
        },
        password: SecretString::from(form.live.password),
        secret_key: SecretString::from(form.live.secret_key),
        store: StoreSettings {
            name: form.store_name,
            header: form.header,
            currency: form.live.currency,
            lock_after_minutes: LOCK_AFTER_MINUTES,
        },
        staff: vec![StaffEntry {
            name: form.manager_name,
            role: Role::Manager,
            pin: manager_pin,
        }],
        terminals: report.terminals,
        terminal: (form.live.terminal_id, form.terminal_name),
    })
    .await?;
    present::app(&app).await
}

async fn check(form: &LiveForm) -> Result<till::CheckReport, CommandError> {
    let currency = form
        .currency
        .parse()
        .map_err(|error: till::UnknownCurrency| CommandError::new(ErrorCode::Internal, error))?;
    let form = CheckForm {
        gateway: form.gateway(),
        pos_id: form.pos_id.clone(),
        password: SecretString::from(form.password.clone()),
        merchant_id: form.merchant_id.clone(),
        secret_key: SecretString::from(form.secret_key.clone()),
        currency,
        terminal: Some(form.terminal_id.clone()).filter(|id| !id.is_empty()),
    };
    Ok(till::check(form, TimeLimits::default(), Arc::new(SystemClock), &SystemEntropy).await?)
}
